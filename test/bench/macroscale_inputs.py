"""Synthetic inputs of CelebA size for macroscaleBench.ts (seeded).

    python3 macroscale_inputs.py --out DIR [--seed 1]

    embeddings.npy   float32 (66871, 512)
    identity.npy     int32   (66871,)      2,300 identities, about 29 images each
    attributes.npy   int8    (66871, 40)   values -1 / +1; column 0 is rare (few identities)
    selection.npy    int32   (40, 2, 500)  rows drawn for each attribute: [:, 0] positive,
                                           [:, 1] negative, padded with -1.  One image per
                                           identity, random image and random identities.
"""
from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np


def macro(rng, n, m, dim, n_attr, max_samples):
    who = np.concatenate([np.arange(m), rng.integers(0, m, n - m)])
    who = rng.permutation(who).astype(np.int32)
    p = np.empty((m, n_attr))
    for k in range(n_attr):
        centre = 0.03 + 0.94 * (k / (n_attr - 1)) ** 1.5
        p[:, k] = rng.beta(0.6 * centre + 0.02, 0.6 * (1 - centre) + 0.02, m)
    p[:, 0] = np.where(rng.random(m) < 0.05, 0.8, 0.0)
    attr = np.where(rng.random((n, n_attr)) < p[who], 1, -1).astype(np.int8)
    emb = rng.standard_normal((n, dim), dtype=np.float32)
    emb *= np.float32(0.7)
    centres = rng.standard_normal((m, dim), dtype=np.float32)
    for k in range(min(n_attr, 20)):
        axis = rng.standard_normal(dim, dtype=np.float32)
        axis /= np.linalg.norm(axis)
        centres += np.float32(4.0 / (k + 1)) * np.outer(p[:, k].astype(np.float32), axis)
    emb += centres[who]
    sel = np.full((n_attr, 2, max_samples), -1, dtype=np.int32)
    for k in range(n_attr):
        rows = []
        for value in (1, -1):
            cand = rng.permutation(np.flatnonzero(attr[:, k] == value))
            _, first = np.unique(who[cand], return_index=True)
            rows.append(cand[np.sort(first)])
        c = min(max_samples, len(rows[0]), len(rows[1]))
        for s in range(2):
            sel[k, s, :c] = rows[s][:c]
    return emb, who, attr, sel


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--images", type=int, default=66871)
    ap.add_argument("--identities", type=int, default=2300)
    ap.add_argument("--dim", type=int, default=512)
    ap.add_argument("--attributes", type=int, default=40)
    ap.add_argument("--max-samples", type=int, default=500)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(a.seed)
    emb, who, attr, sel = macro(rng, a.images, a.identities, a.dim, a.attributes, a.max_samples)
    for name, arr in (("embeddings", emb), ("identity", who), ("attributes", attr), ("selection", sel)):
        np.save(a.out / f"{name}.npy", arr)
    print("samples per attribute:", (sel[:, 0] >= 0).sum(1).tolist())


if __name__ == "__main__":
    main()
