// Counts the words in which the master weights differ from what was loaded.

@group(0) @binding(0) var<storage, read> masters: array<u32>;
@group(0) @binding(1) var<storage, read> loaded: array<u32>;
@group(0) @binding(2) var<storage, read_write> results: array<atomic<u32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let last = arrayLength(&results) - 1u;
  if (id.x < arrayLength(&masters) && masters[id.x] != loaded[id.x]) {
    atomicAdd(&results[last], 1u);
  }
}
