"""Synthetic inputs for microscaleBench.ts (seeded): one identity, 8 attributes x 3000 curves x 3 steps.

    python3 microscale_inputs.py --out DIR [--seed 1]

    micro_embeddings.npy  float32 (72000, 512)
    micro_index.npy       int32   (3, 8, 3000)  rows of start, base and end points
"""
from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np


def micro(rng, n_attr, n_curves, dim):
    index = rng.permutation(3 * n_attr * n_curves).reshape(3, n_attr, n_curves).astype(np.int32)
    emb = np.empty((index.size, dim), dtype=np.float32)
    mean = rng.standard_normal(dim, dtype=np.float32)
    for a in range(n_attr):
        base = mean + 0.6 * rng.standard_normal((n_curves, dim), dtype=np.float32)
        axis = rng.standard_normal(dim, dtype=np.float32)
        step = 0.05 * (a * axis / 8 + rng.standard_normal((n_curves, dim), dtype=np.float32))
        emb[index[0, a]] = base - step
        emb[index[1, a]] = base
        emb[index[2, a]] = base + step
    return emb, index


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    emb, index = micro(np.random.default_rng(a.seed + 1), 8, 3000, 512)
    np.save(a.out / "micro_embeddings.npy", emb)
    np.save(a.out / "micro_index.npy", index)


if __name__ == "__main__":
    main()
