/**
 * `pageListener`: sends the runs of a process to the page that draws them.
 *
 * @module rxlm/page
 */
export { pageListener, type PageListenerOptions } from './page-listener.js';
