import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { badRequest } from '../../../lib/sse/server/bad-request';

describe('badRequest', () => {
  it('is a TypeError with a cause, if there is one', () => {
    const error = badRequest('no', 'cause');
    expect(error).toBeInstanceOf(TypeError);
    expect([error.message, error.cause]).toEqual(['no', 'cause']);
    expect(Object.keys(error)).toEqual([]);
    expect('cause' in badRequest('no')).toBe(false);
  });

  it('is a 400 in Express', async () => {
    const app = express().set('env', 'test');
    app.get('/', () => {
      throw badRequest('no');
    });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect((await fetch(`http://127.0.0.1:${String(port)}/`)).status).toBe(400);
    server.close();
    server.closeAllConnections();
  });

  it('is a 400 in Fastify', async () => {
    const app = fastify();
    app.get('/', () => {
      throw badRequest('no');
    });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    expect((await fetch(url)).status).toBe(400);
    await app.close();
  });

  it('is a 400 in Hono', async () => {
    const app = new Hono();
    app.get('/', () => {
      throw badRequest('no');
    });
    const response = await app.request('/');
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.any(Object) as object });
  });
});
