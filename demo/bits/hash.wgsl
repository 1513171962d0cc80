// Hashes pieces of words side by side, one invocation each, as the library's hashWords does: FNV-1a over
// 32-bit words (http://www.isthe.com/chongo/tech/comp/fnv).

const PIECE = 1024u; // words

@group(0) @binding(0) var<storage, read> words: array<u32>;
@group(0) @binding(1) var<storage, read_write> hashes: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let piece = id.x;
  if (piece < arrayLength(&hashes)) {
    var hash = 0x811c9dc5u;
    for (var i = 0u; i < PIECE; i++) {
      hash = (hash ^ words[piece * PIECE + i]) * 0x01000193u;
    }
    hashes[piece] = hash;
  }
}
