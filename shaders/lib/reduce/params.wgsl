// What stands in for lib/params in reductions, where each quad is loaded from an element of its own:
// format_load(0) gives the four elements from `source_offset` on. Nothing is stored.

struct Params {
  begin: u32,
  end: u32,
  source_offset: u32,
}

var<private> params: Params;
