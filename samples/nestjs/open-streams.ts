import {
  type CallHandler,
  type CanActivate,
  HttpException,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { defer, finalize, type Observable } from 'rxjs';

/** An interceptor that counts the streams that are open, and a guard that lets no more than so many be. */
@Injectable()
export class OpenStreams implements CanActivate, NestInterceptor {
  private readonly max = Number(process.env['MAX_STREAMS'] ?? 100);
  private open = 0;

  canActivate(): boolean {
    if (this.open < this.max) return true;
    throw new HttpException({ statusCode: 429, message: 'too many streams' }, 429);
  }

  intercept(_context: unknown, next: CallHandler): Observable<unknown> {
    return defer(() => {
      this.open += 1;
      return next.handle();
    }).pipe(
      finalize(() => {
        this.open -= 1;
      }),
    );
  }
}
