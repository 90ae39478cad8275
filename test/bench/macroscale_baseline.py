"""Macroscale step for one model on the inputs of macroscale_inputs.py, on the rows of selection.npy.

    python3 macroscale_baseline.py --inputs DIR --out result.json --variant notebook|blas

variants (both compute the two KS tests of every attribute, cosine metric):
  notebook  what the paper's notebook does per attribute: cdist for within-positive,
            within-negative, the union, and cross, then scipy.stats.ks_2samp twice
  blas      numpy only: normalised rows, one matrix product per block, own KS by sorting;
            the strongest plain-Python version we could think of
"""
from __future__ import annotations

import time

T0 = time.perf_counter()

import argparse  # noqa: E402
import json  # noqa: E402
import resource  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from scipy import stats  # noqa: E402
from scipy.spatial.distance import cdist  # noqa: E402


def tests_cdist(pos, neg):
    upper = np.triu_indices(len(pos), 1)
    within = [cdist(x, x, "cosine")[upper] for x in (pos, neg)]
    both = np.concatenate([pos, neg])
    cdist(both, both, "cosine")[np.triu_indices(len(both), 1)]
    cross = cdist(pos, neg, "cosine").ravel()
    return [stats.ks_2samp(w, cross)[:2] for w in within]


def tests_blas(pos, neg):
    p = pos / np.linalg.norm(pos, axis=1, keepdims=True)
    q = neg / np.linalg.norm(neg, axis=1, keepdims=True)
    n = len(p)
    upper = np.triu_indices(n, 1)
    cross = np.sort((1 - p @ q.T).ravel())
    c_at = np.arange(1, len(cross) + 1) / len(cross)
    res = []
    for x in (p, q):
        w = np.sort((1 - x @ x.T)[upper])
        gap_c = np.searchsorted(w, cross, side="right") / len(w) - c_at
        gap_w = np.arange(1, len(w) + 1) / len(w) - np.searchsorted(cross, w, side="right") / len(cross)
        d = max(np.abs(gap_c).max(), np.abs(gap_w).max())
        if max(len(w), len(cross)) <= 10000:
            pv = stats.ks_2samp(w, cross).pvalue
        else:
            pv = stats.kstwo.sf(d, np.round(len(w) * len(cross) / (len(w) + len(cross))))
        res.append((d, pv))
    return res


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--inputs", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--variant", choices=["notebook", "blas"], required=True)
    a = ap.parse_args()
    emb = np.load(a.inputs / "embeddings.npy")
    ident = np.load(a.inputs / "identity.npy")
    attr = np.load(a.inputs / "attributes.npy")
    stored = np.load(a.inputs / "selection.npy")
    names = [f"attribute_{k:02d}" for k in range(attr.shape[1])]
    table = pd.DataFrame(attr, columns=names)
    table["identity"] = ident
    t_load = time.perf_counter() - T0
    rows, times = [], []
    for k, name in enumerate(names):
        t = time.perf_counter()
        pos, neg = (stored[k, s][stored[k, s] >= 0] for s in range(2))
        x, y = emb[pos], emb[neg]
        r = tests_blas(x, y) if a.variant == "blas" else tests_cdist(x, y)
        times.append(time.perf_counter() - t)
        for modality, (d, pv) in zip(("positive", "negative"), r):
            rows.append({"attribute": name, "modality": modality, "n": len(pos),
                         "statistic": float(d), "pvalue": float(pv)})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    a.out.write_text(json.dumps({"results": rows, "maxRssBytes": peak, "loop_s": sum(times), "load_s": t_load}))


if __name__ == "__main__":
    main()
