#!/usr/bin/env bash
# Runs all benchmarks on a headless Linux machine with a Vulkan GPU, unattended and without network:
# on Dawn, on wgpu, and beside CUDA where PyTorch is installed. See README.md for what must be there.
# Arguments are passed on to all three, such as --sizes 2^10..2^28.
set -uo pipefail
cd "$(dirname "$0")/.."

if [ ! -d node_modules ] || [ ! -d bench/node_modules ]; then
  echo "hardware.sh: node_modules and bench/node_modules must be there, got none: see bench/README.md" >&2
  exit 1
fi

scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
out=bench/results
for ((i = 1; i < $#; i++)); do
  [ "${!i}" = --out ] && next=$((i + 1)) && out=${!next}
done

# Where the system has no Vulkan loader, the one that comes with the software adapter does.
if ! ldconfig -p 2>/dev/null | grep -q 'libvulkan\.so\.1'; then
  npm run build --silent >&2 || exit 1
  loader=$(node -e "
    import('./dist/node/index.js')
      .then(({ softwareEnvironment }) => softwareEnvironment())
      .then(({ LD_LIBRARY_PATH }) => console.log(LD_LIBRARY_PATH));
  ") || exit 1
  export LD_LIBRARY_PATH="$loader${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
fi

# A container may have NVIDIA's driver without the file that tells the loader of it.
nvidia=libGLX_nvidia.so.0
driver=${VK_DRIVER_FILES:-${VK_ICD_FILENAMES:-}}
known=$(ls /usr/share/vulkan/icd.d/nvidia* /etc/vulkan/icd.d/nvidia* 2>/dev/null)
if [ -z "$driver" ] && [ -n "$known" ]; then
  driver=$(echo "$known" | head -n 1)
elif [ -z "$driver" ] && ldconfig -p 2>/dev/null | grep -q "$nvidia"; then
  driver=$scratch/nvidia.json
  printf '{"file_format_version":"1.0.0","ICD":{"library_path":"%s","api_version":"1.3.0"}}\n' \
    "$nvidia" >"$driver"
fi
if [ -n "$driver" ]; then
  # Loaders before 1.3.207 read the second name.
  export VK_DRIVER_FILES=$driver VK_ICD_FILENAMES=$driver
fi

touch "$scratch/started"
failed=0
npm run bench -- "$@" || failed=1
npm run bench:deno -- "$@" || failed=1
if python3 -c 'import torch, sys; sys.exit(not torch.cuda.is_available())' 2>/dev/null; then
  python3 bench/cuda/noise.py "$@" || failed=1
else
  echo 'hardware.sh: no PyTorch that sees a CUDA GPU: CUDA is not measured' >&2
fi

# What was measured now, next to each other.
mapfile -t results < <(find "$out" -name '*.json' -newer "$scratch/started" | sort)
[ "${#results[@]}" -ge 2 ] && node bench/beside.mjs "${results[@]}"
exit $failed
