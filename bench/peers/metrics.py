"""metrics.py pixels|everything FOLDER: scores of masks as one writes them with numpy and OpenCV.

Reads the index PNGs in FOLDER/truth and FOLDER/prediction with Pillow. pixels: the confusion matrix by
numpy.bincount, as torchvision's references count it. everything: also boundary F1 by OpenCV's exact
distance transform, Boundary IoU by cv2.erode, and objects by cv2.connectedComponents. The last line is JSON.
"""
import json, math, os, resource, sys, time
import cv2, numpy as np
from PIL import Image

cv2.setNumThreads(2)
work, folder = sys.argv[1:3]
N = 255

def edge(mask):
    padded = np.pad(mask, 1, mode='edge'); inner = padded[1:-1, 1:-1]
    other = (padded[:-2, 1:-1] == 0) | (padded[2:, 1:-1] == 0) | (padded[1:-1, :-2] == 0) | (padded[1:-1, 2:] == 0)
    return (inner == 1) & other

def band(mask, d):
    padded = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return (mask - cv2.erode(padded, np.ones((3, 3), np.uint8), iterations=d)[1:-1, 1:-1]) > 0

def boundary_f1(t, p, tolerance):
    et, ep = edge(t), edge(p)
    if not et.any() and not ep.any(): return None
    if not et.any() or not ep.any(): return 0.
    far = lambda e: cv2.distanceTransform((~e).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    P, R = (far(et)[ep] < tolerance).mean(), (far(ep)[et] < tolerance).mean()
    return 2 * P * R / (P + R) if P + R else 0.

def found(t, p):
    n, a = cv2.connectedComponents(t); m, b = cv2.connectedComponents(p)
    joint = np.bincount((a.astype(np.int64) * m + b).ravel(), minlength=n * m).reshape(n, m)
    union = joint.sum(1)[:, None] + joint.sum(0)[None] - joint
    return sum(1 for i in range(1, n) if m > 1 and (joint[i, 1:] / union[i, 1:]).max() >= .5)

start = time.perf_counter()
matrix = np.zeros((N, N), np.int64); f1 = {}; objects = [0, 0]; bands = np.zeros((N, 2), np.int64)
for name in sorted(os.listdir(os.path.join(folder, 'truth'))):
    t, p = (np.asarray(Image.open(os.path.join(folder, side, name))) for side in ('truth', 'prediction'))
    keep = t != 255
    matrix += np.bincount(N * t[keep].astype(np.int64) + p[keep], minlength=N * N).reshape(N, N)
    if work == 'pixels': continue
    diagonal = math.hypot(*t.shape)
    for c in np.union1d(t, p):
        a, b = (t == c).astype(np.uint8), (p == c).astype(np.uint8)
        value = boundary_f1(a, b, .0075 * diagonal)
        if value is not None: f1.setdefault(int(c), []).append(value)
        d = max(1, round(.02 * diagonal)); x, y = band(a, d), band(b, d)
        bands[c] += ((x & y).sum(), (x | y).sum())
        if c in (1, 2): objects[c - 1] += found(a, b)
hits = np.diag(matrix); union = matrix.sum(0) + matrix.sum(1) - hits
result = {'meanIou': float(np.mean(hits[union > 0] / union[union > 0])),
          'meanBoundaryF1': float(np.mean([np.mean(v) for v in f1.values()])) if f1 else None,
          'objects': objects if f1 else None}
seconds = time.perf_counter() - start
print(json.dumps({'seconds': seconds, 'cpuSeconds': time.process_time(), 'megabytes': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, **result}))
