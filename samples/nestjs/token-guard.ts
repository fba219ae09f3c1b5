import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** A guard that lets in who has the token of this application. */
@Injectable()
export class TokenGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    const token = process.env['CHAT_TOKEN'];
    if (token === undefined) return false;
    return timingSafeEqual(digest(headers['authorization'] ?? ''), digest(`Bearer ${token}`));
  }
}
