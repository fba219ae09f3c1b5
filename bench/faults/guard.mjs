import { inspect } from 'node:util';
import { API_KEY } from './clients/client.mjs';

const CONSOLE = ['debug', 'log', 'info', 'warn', 'error', 'trace'];

/** Notes what a process should have none of: what nobody handled, warnings, and what was printed. */
export function guardProcess() {
  let told = begin();
  process.on('uncaughtException', (error) => told.unhandled.push(String(error?.message ?? error)));
  process.on('unhandledRejection', (error) => told.unhandled.push(String(error?.message ?? error)));
  process.on('warning', (warning) => told.warnings.push(warning.name));
  for (const name of CONSOLE)
    console[name] = (...args) => {
      const text = args.map((arg) => (typeof arg === 'string' ? arg : inspect(arg, { depth: 10 })));
      told.printed.push(text.join(' '));
    };
  return {
    begin: () => (told = begin()),
    end: () => {
      const printed = told.printed.join('\n');
      return {
        unhandled: told.unhandled,
        warnings: told.warnings,
        printed: told.printed.length,
        printsKey: printed.includes(API_KEY),
        printsData: printed.includes('private'),
        polluted: {}.polluted !== undefined,
      };
    },
  };
}

const begin = () => ({ unhandled: [], warnings: [], printed: [] });
