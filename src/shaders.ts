import type { WGSLFile } from './link.js';

const texts = import.meta.glob<string>('../shaders/**/*.wgsl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every file under `shaders/`, by its path without folder and ending, such as `lib/philox`. */
export const shaders: ReadonlyMap<string, WGSLFile> = new Map(
  Object.entries(texts).map(([path, text]) => [
    path.replace('../shaders/', '').replace('.wgsl', ''),
    { path: path.replace('../', ''), text },
  ]),
);
