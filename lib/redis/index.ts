export { redisRunStore } from './redis-run-store.js';
export type { RedisRunStoreOptions } from './redis-run-store.js';
export type { IoRedisClient, NodeRedisClient } from './redis-client.js';
