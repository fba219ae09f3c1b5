/** @internal The URL without the slashes at its end. A regular expression would try each of many slashes as the first. */
export function withoutTrailingSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end--;
  return url.slice(0, end);
}
