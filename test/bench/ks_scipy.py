"""The SciPy side of ksBench.ts: one attribute by cdist and ks_2samp, as the paper's notebook computes it.

ks_scipy.py FILE N DIM: FILE holds 2 N rows of DIM float32, the positives first. Prints «ready», then for each
line on standard input computes once and prints {ms, rows: [{statistic, sign, pvalue}, …]}.
"""

import json
import sys
import time

import numpy as np
from scipy.spatial.distance import cdist
from scipy.stats import ks_2samp


def compute(positive, negative):
    upper = np.triu_indices(len(positive), 1)
    cross = cdist(positive, negative, "cosine").ravel()
    return [ks_2samp(cdist(x, x, "cosine")[upper], cross) for x in (positive, negative)]


def main():
    n, dim = int(sys.argv[2]), int(sys.argv[3])
    both = np.fromfile(sys.argv[1], dtype="<f4").reshape(2 * n, dim)
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        results = compute(both[:n], both[n:])
        ms = (time.perf_counter() - start) * 1000
        rows = [
            {"statistic": float(r.statistic), "sign": int(r.statistic_sign), "pvalue": float(r.pvalue)}
            for r in results
        ]
        print(json.dumps({"ms": ms, "rows": rows}), flush=True)


if __name__ == "__main__":
    main()
