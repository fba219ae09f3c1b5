/**
 * `redisRunStore`: the store of durable runs in Redis.
 *
 * @module rxlm/redis
 */
export { redisRunStore } from './redis-run-store.js';
export type { RedisRunStoreOptions } from './redis-run-store.js';
export type { IoRedisClient, NodeRedisClient, NodeRedisCluster } from './redis-client.js';
