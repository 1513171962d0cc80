// Cells whose runs are from one texture to another, or fill one.
import { chainOf, FORMATS, makeFinite, optionsOf, randomWords } from './cell.mjs';
import { elementsOf, inTexelOrder, opaquePixels, rgbaOf } from './pixels.mjs';

/** WebGPU's rule for copies between textures and buffers, in bytes. */
const ROW = 256;

/** Mip levels, and layers, of a texture of which a run has a part. */
const PARTS = 3;

/**
 * Where the runs are in memory, in words: each has a texture of its own, and all of that. `picture` is the
 * mip level of a layer that it has, one of `pictures`; the others must not change.
 */
export function roomsOf({ runs, column }) {
  const { bytes } = FORMATS[optionsOf(column).format];
  let end = 0;
  return runs.map(({ size, alpha, part, ...at }) => {
    const begin = end;
    const parts = part ? PARTS : 1;
    const taken = part ?? { mipLevel: 0, layer: 0 };
    const [width, height] = size.map((length) => length << taken.mipLevel);
    const pictures = [];
    for (let mipLevel = 0; mipLevel < parts; mipLevel++) {
      for (let layer = 0; layer < parts; layer++) {
        const level = { width: width >> mipLevel || 1, height: height >> mipLevel || 1 };
        const first = end;
        end += level.width * level.height * bytes;
        pictures.push({ mipLevel, layer, ...level, begin: first, end });
      }
    }
    const picture = pictures.find(
      ({ mipLevel, layer }) => mipLevel === taken.mipLevel && layer === taken.layer,
    );
    const range = { offset: (4 * picture.begin) / bytes };
    return { at, alpha, begin, end, width, height, pictures, picture, range };
  });
}

/** What is there before: random bits that are finite numbers, since not all devices store others well. */
function inputOf(library, { column }, rooms, side) {
  const words = randomWords(library, rooms.at(-1).end, { source: 99, target: 98 }[side]);
  makeFinite(optionsOf(column).format, words);
  return words;
}

/** What a cell's runs must leave in their targets, by the CPU reference. */
export function expectedOf(library, cell, rooms) {
  const { format } = optionsOf(cell.column);
  const { Elements } = FORMATS[format];
  const [from, to] = ['source', 'target'].map((side) => inputOf(library, cell, rooms, side));
  const chain = chainOf(library.createReferenceEngine(), cell);
  const inOrder = (rgba) => inTexelOrder(cell.row.texture, rgba);
  for (const { at, alpha, picture } of rooms) {
    const { begin, end, width, height } = picture;
    const channels = alpha ? 4 : 3;
    const rgba = inOrder(new Elements(from.slice(begin, end).buffer));
    const buffer = elementsOf(rgba, channels);
    chain.run({ buffer, shape: [height, width, channels] }, { at });
    const kept = chain.plan[0].reads ? rgba : opaquePixels(format, picture);
    new Elements(to.buffer, 4 * begin, rgba.length).set(inOrder(rgbaOf(buffer, kept)));
  }
  return to;
}

/** What a cell's runs leave in their targets. */
export async function computed(library, device, engine, cell, rooms) {
  const [from, to] = ['source', 'target'].map((side) => inputOf(library, cell, rooms, side));
  const chain = chainOf(engine, cell);
  const textures = rooms.map((room) => ({
    room,
    source: filledTexture(device, cell, room, from),
    target: filledTexture(device, cell, room, to),
  }));
  try {
    for (const { room, source, target } of textures) {
      const { at, alpha, picture } = room;
      const { mipLevel, layer } = picture;
      const [read, written] = [source, target].map((texture) => ({ texture, mipLevel, layer }));
      const pair = chain.plan[0].reads ? { source: read, target: written } : written;
      chain.run({ ...pair, alpha }, { at });
    }
    return await readTextures(device, engine, cell, textures);
  } finally {
    for (const { source, target } of textures) {
      source.destroy();
      target.destroy();
    }
  }
}

/** Bytes of a row of a picture. */
const rowOf = ({ column }, { width }) => 4 * width * FORMATS[optionsOf(column).format].bytes;

const placeIn = (texture, { mipLevel, layer }) => ({ texture, mipLevel, origin: [0, 0, layer] });

/** A run's texture with all that is in it before. */
function filledTexture(device, cell, { width, height, pictures }, words) {
  const { TEXTURE_BINDING, STORAGE_BINDING, COPY_SRC, COPY_DST } = GPUTextureUsage;
  const last = pictures.at(-1);
  const texture = device.createTexture({
    label: 'table',
    size: [width, height, last.layer + 1],
    mipLevelCount: last.mipLevel + 1,
    format: cell.row.texture,
    usage: TEXTURE_BINDING | STORAGE_BINDING | COPY_SRC | COPY_DST,
  });
  for (const picture of pictures) {
    const data = words.subarray(picture.begin, picture.end);
    const size = [picture.width, picture.height];
    const layout = { bytesPerRow: rowOf(cell, picture) };
    device.queue.writeTexture(placeIn(texture, picture), data, layout, size);
  }
  return texture;
}

/** All that is in the targets, in words. */
async function readTextures(device, engine, cell, textures) {
  let size = 0;
  const copies = textures.flatMap(({ room, target }) =>
    room.pictures.map((picture) => {
      const offset = size;
      const bytesPerRow = Math.ceil(rowOf(cell, picture) / ROW) * ROW;
      size += bytesPerRow * picture.height;
      return { target, picture, offset, bytesPerRow };
    }),
  );
  const padded = await readCopies(device, engine, copies, size);
  const words = new Uint32Array(textures.at(-1).room.end);
  for (const { picture, offset, bytesPerRow } of copies) {
    const row = rowOf(cell, picture) / 4;
    for (let y = 0; y < picture.height; y++) {
      const begin = (offset + y * bytesPerRow) / 4;
      words.set(padded.subarray(begin, begin + row), picture.begin + y * row);
    }
  }
  return words;
}

/** Pictures of textures, in one buffer of so many bytes. */
async function readCopies(device, engine, copies, size) {
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const usage = STORAGE | COPY_SRC | COPY_DST;
  const buffer = device.createBuffer({ label: 'table', size, usage });
  try {
    const encoder = device.createCommandEncoder();
    for (const { target, picture, ...layout } of copies) {
      const extent = [picture.width, picture.height];
      encoder.copyTextureToBuffer(placeIn(target, picture), { buffer, ...layout }, extent);
    }
    device.queue.submit([encoder.finish()]);
    return await engine.read(buffer, { format: 'u32' });
  } finally {
    buffer.destroy();
  }
}
