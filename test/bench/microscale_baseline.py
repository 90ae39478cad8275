"""Microscale energy of one identity (8 attributes x 3000 curves x 512-d), numpy float32.

    python3 microscale_baseline.py --inputs DIR --out result.json
        [--variant knn|inverse] [--metric cosine|euclidean] [--k 10]

knn      mean of 1 - cos between a point's field vector and those of its k nearest base points
inverse  the same over all points, weighted by 1 / base distance (self excluded)
"""
from __future__ import annotations

import time

T0 = time.perf_counter()

import argparse  # noqa: E402
import json  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402


def base_distances(x, metric):
    if metric == "cosine":
        u = x / np.linalg.norm(x, axis=1, keepdims=True)
        d = 1 - u @ u.T
    else:
        s = (x * x).sum(1)
        d = np.sqrt(np.maximum(s[:, None] + s[None, :] - 2 * (x @ x.T), 0))
    np.fill_diagonal(d, np.inf)
    return d


def energy(x0, x1, x2, metric, variant, k):
    v = x2 - x0
    v /= np.linalg.norm(v, axis=1, keepdims=True)
    d = base_distances(x1, metric)
    w = 1 - v @ v.T
    if variant == "knn":
        nb = np.argpartition(d, k, axis=1)[:, :k]
        return float(np.take_along_axis(w, nb, axis=1).mean(dtype=np.float64))
    inv = 1 / d
    return float(((inv * w).sum(1) / inv.sum(1)).mean(dtype=np.float64))


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--inputs", type=Path, required=True)
    ap.add_argument("--out", type=Path)
    ap.add_argument("--variant", choices=["knn", "inverse"], default="knn")
    ap.add_argument("--metric", choices=["cosine", "euclidean"], default="cosine")
    ap.add_argument("--k", type=int, default=10)
    a = ap.parse_args()
    emb = np.load(a.inputs / "micro_embeddings.npy")
    index = np.load(a.inputs / "micro_index.npy")
    t_load = time.perf_counter() - T0
    times, values = [], []
    for j in range(index.shape[1]):
        t = time.perf_counter()
        x0, x1, x2 = (emb[index[s, j]] for s in range(3))
        values.append(energy(x0, x1, x2, a.metric, a.variant, a.k))
        times.append(time.perf_counter() - t)
    res = {"variant": a.variant, "metric": a.metric, "k": a.k, "import_and_load_s": t_load,
           "per_attribute_s": times, "median_attribute_s": float(np.median(times)),
           "loop_s": sum(times), "total_s": time.perf_counter() - T0, "energies": values}
    if a.out:
        a.out.write_text(json.dumps(res, indent=1))
    print(json.dumps({k: v for k, v in res.items() if k != "per_attribute_s"}))


if __name__ == "__main__":
    main()
