#!/usr/bin/env python3
"""Noise by PyTorch and CuPy on a CUDA GPU, in the layout of the benchmarks' results.

Usage: python3 bench/cuda/noise.py [--only fill,clip] [--sizes 2^20,2^24] [--seconds 6] [--out bench/results]
It can be given all flags of `npm run bench`: --minutes, --alone and --json are ignored, and so are rows that
are not CUDA's.

Rows are named as in bench/suite/rows, so that `node bench/beside.mjs OURS.json CUDA.json` can put them
next to each other. Times are those of CUDA events around all runs of a sample; contestants take turns.
Needs PyTorch with CUDA; CuPy is measured where it is installed. Nothing is downloaded.
"""

import argparse
import datetime
import json
import math
import os
import platform
import re
import statistics
import sys
import time

LAYOUT = 1  # of the results, as in bench/launch.mjs

STD = 0.1
LOW, HIGH = 0.0, 1.0

SHORTEST = 0.01  # seconds of a sample: CUDA events resolve about half a microsecond
LEAST_TURNS, MOST_TURNS = 3, 51
MOST_REPEATS = 4096


def sizes_of(text):
    """Numbers of elements from text such as 2^20,2^24 or 2^10..2^28, as bench/flags.mjs reads them."""
    series = re.fullmatch(r"2\^(\d+)\.\.2\^(\d+)", text)
    if series:
        powers = range(int(series[1]), int(series[2]) + 1, 2)
    else:
        found = [re.fullmatch(r"2\^(\d+)", each) for each in text.split(",")]
        powers = [int(each[1]) if each else -1 for each in found]
    if not powers or not all(10 <= power <= 28 for power in powers):
        raise argparse.ArgumentTypeError(
            f"--sizes must be powers such as 2^20,2^24 or 2^10..2^28, got {text!r}"
        )
    return [2**power for power in sorted(set(powers))]


def event_clock(torch):
    """Returns a function that times runs on torch's current stream, in seconds of GPU and wall."""

    def sample(run, repeats):
        begin = torch.cuda.Event(enable_timing=True)
        end = torch.cuda.Event(enable_timing=True)
        torch.cuda.synchronize()
        start = time.perf_counter()
        begin.record()
        for _ in range(repeats):
            run()
        end.record()
        end.synchronize()
        wall = time.perf_counter() - start
        return wall, begin.elapsed_time(end) / 1000

    return sample


def fills(torch, cupy, n):
    """Standard normals into a buffer that is there."""
    x = torch.empty(n, device="cuda")
    yield "torch normal_", lambda: x.normal_()
    yield "store only", lambda: x.fill_(1.0)
    yield "torch randn, a new tensor", lambda: torch.randn(n, device="cuda")
    if cupy:
        generator = cupy.random.Generator(cupy.random.Philox4x3210(seed=42))
        # A generator's kernels run on CuPy's stream; it is made torch's, whose events are recorded.
        stream = cupy.cuda.ExternalStream(torch.cuda.current_stream().cuda_stream)

        def philox():
            with stream:
                generator.standard_normal(n, dtype=cupy.float32)

        yield "CuPy standard_normal, Philox4x32-10", philox


def adds(torch, _cupy, n):
    """Noise added in place."""
    x = torch.zeros(n, device="cuda")
    yield "torch eager", lambda: x.add_(torch.randn_like(x), alpha=STD)
    compiled = torch.compile(lambda t: t.add_(torch.randn_like(t), alpha=STD))
    yield "torch.compile", lambda: compiled(x)
    yield "load and store only", lambda: x.neg_()


def clips(torch, _cupy, n):
    """Noise and clip in place."""
    x = torch.zeros(n, device="cuda")
    yield "torch eager", lambda: x.add_(torch.randn_like(x), alpha=STD).clamp_(LOW, HIGH)
    compiled = torch.compile(
        lambda t: t.add_(torch.randn_like(t), alpha=STD).clamp_(LOW, HIGH)
    )
    yield "torch.compile", lambda: compiled(x)
    yield "load and store only", lambda: x.neg_()


ROWS = {
    "fill": ("fill f32 with normals", fills, 0, 4),
    "add": ("add noise to f32 in place", adds, 4, 4),
    "clip": ("add noise to f32 and clip in place", clips, 4, 4),
}

LIMITS = ("store only", "load and store only")


def warm_up(sample, run):
    """Compiles what is compiled on first use, and finds how many runs make a sample."""
    for _ in range(3):
        run()
    repeats = 1
    while True:
        _, seconds = sample(run, repeats)
        if seconds >= SHORTEST or repeats >= MOST_REPEATS:
            return repeats, seconds
        wanted = repeats * min(16, 1.2 * SHORTEST / max(seconds, 1e-6))
        repeats = min(MOST_REPEATS, max(repeats + 1, math.ceil(wanted)))


def first_line(error):
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def hold(torch, cupy, sample, row, n, seconds):
    """One row at one size: contestants in turns, every other turn the other way round."""
    title, contestants, read, written = ROWS[row]
    ready, missing = [], []
    for name, run in contestants(torch, cupy, n):
        try:
            repeats, once = warm_up(sample, run)
        except Exception as error:  # whatever it is, it is this contestant's reason
            missing.append({"name": name, "kind": "peer", "reason": first_line(error)})
            continue
        kind = "limit" if name in LIMITS else "peer"
        entry = {"name": name, "kind": kind, "repeats": repeats, "wall": [], "gpu": []}
        ready.append((run, entry, once))
    total = sum(once for _, _, once in ready) or 1
    turns = min(MOST_TURNS, max(LEAST_TURNS, int(seconds / total)))
    for turn in range(turns):
        for run, entry, _ in reversed(ready) if turn % 2 else ready:
            wall, gpu = sample(run, entry["repeats"])
            entry["wall"].append(float(f"{wall / entry['repeats']:.5g}"))
            entry["gpu"].append(float(f"{gpu / entry['repeats']:.5g}"))
    return {
        "row": row,
        "title": title,
        "elements": n,
        "bytes": {"read": read * n, "written": written * n},
        "entries": [entry for _, entry, _ in ready],
        "missing": missing,
    }


def show(contest):
    print(f"{contest['title']}, 2^{contest['elements'].bit_length() - 1} elements")
    for entry in contest["entries"]:
        seconds = statistics.median(entry["gpu"])
        rate = contest["elements"] / seconds / 1e6
        print(f"  {entry['name']:45} {rate:12.0f} M elements/s {seconds * 1e6:12.1f} µs")
    for each in contest["missing"]:
        print(f"  {each['name']}: not measured: {each['reason']}")
    print(flush=True)


def save(results, folder):
    """Nothing is ever overwritten."""
    os.makedirs(folder, exist_ok=True)
    slug = re.sub(r"[^a-z0-9]+", "-", results["adapter"].lower()).strip("-")
    name = f"{results['date'][:10]}-{slug}-cuda"
    path, copy = os.path.join(folder, f"{name}.json"), 1
    while os.path.exists(path):
        copy += 1
        path = os.path.join(folder, f"{name}-{copy}.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(results, file, indent=2, ensure_ascii=False)
        file.write("\n")
    return path


def import_cupy():
    try:
        import cupy
    except ImportError as error:
        return None, first_line(error)
    return cupy, None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default_sizes = [2**power for power in (20, 22, 24, 26, 28)]
    parser.add_argument("--sizes", type=sizes_of, default=default_sizes)
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(ROWS))
    parser.add_argument("--seconds", type=float, default=6.0)
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("--out", default=os.path.join(here, "..", "results"))
    parser.add_argument("--minutes", help=argparse.SUPPRESS)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    rows = [row for row in ROWS if row in options.only]
    if not rows:
        print("noise.py: none of the rows is CUDA's: nothing is measured", file=sys.stderr)
        return 0
    try:
        import torch
    except ImportError as error:
        print(f"noise.py: PyTorch must be installed, got: {error}", file=sys.stderr)
        return 1
    if not torch.cuda.is_available():
        print("noise.py: PyTorch must see a CUDA GPU, got none", file=sys.stderr)
        return 1
    cupy, without_cupy = import_cupy()

    torch.manual_seed(42)
    sample = event_clock(torch)
    contests, interrupted = [], False
    started = time.time()
    try:
        for row in rows:
            for n in options.sizes:
                contests.append(hold(torch, cupy, sample, row, n, options.seconds))
                show(contests[-1])
                torch.cuda.empty_cache()
    except KeyboardInterrupt:
        interrupted = True
    versions = f"Python {platform.python_version()}, PyTorch {torch.__version__}, CUDA {torch.version.cuda}"
    moment = datetime.datetime.fromtimestamp(started, datetime.timezone.utc)
    results = {
        "layout": LAYOUT,
        "date": moment.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "adapter": torch.cuda.get_device_name(0),
        "runtime": "cuda",
        "versions": versions,
        "machine": {
            "system": f"{platform.system().lower()} {'.'.join(platform.release().split('.')[:2])} {platform.machine()}",
            "processor": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
        },
        "seconds": round(time.time() - started),
        "interrupted": interrupted,
        "gpuTimes": True,
        "yardsticks": [
            {
                "name": "torch",
                "version": torch.__version__,
                "differs": "cuRAND's Philox4x32-10 with CUDA's own logf, sinf and cosf; randn_like makes a new tensor",
                "ran": True,
            },
            {
                "name": "CuPy",
                "version": cupy.__version__ if cupy else None,
                "differs": "its Generator over cuRAND's Philox4x32-10",
                "ran": cupy is not None,
                **({"reason": without_cupy} if without_cupy else {}),
            },
        ],
        "contests": contests,
        "targets": [],
    }
    print(save(results, options.out))
    return 130 if interrupted else 0


if __name__ == "__main__":
    sys.exit(main())
