/** The model that `--live` asks where none is named. */
export const LIVE_MODEL = 'claude-haiku-4-5';
