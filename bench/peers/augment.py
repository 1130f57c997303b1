"""Times the same drawn operations in OpenCV, and a pipeline of the same make in albumentations where it is installed.

python3 augment.py PICTURE.raw SIDE DRAWN.json -> [[name, ms of processor time a sample], ...] per group of DRAWN, for each program.
One thread, picture and mask, 8 bits; movements in one warpAffine.
"""
import json, math, os, sys, time
os.environ['NO_ALBUMENTATIONS_UPDATE'] = '1'
import cv2
import numpy as np

cv2.setNumThreads(1)
path, side, drawn = sys.argv[1], int(sys.argv[2]), json.load(open(sys.argv[3]))
PICTURE = np.fromfile(path, np.uint8).reshape(side, side, 3)
MASK = np.zeros((side, side), np.uint8)


def forward(values, w, h):
    """The forward 3x3 matrix of a drawn movement."""
    t = lambda x, y: np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], float)
    if values['kind'] == 'flip-left-right':
        return np.array([[-1, 0, w - 1], [0, 1, 0], [0, 0, 1]], float)
    a, s = math.radians(values['rotate']), values['scale']
    turn = np.array([[math.cos(a), -math.sin(a), 0], [math.sin(a), math.cos(a), 0], [0, 0, 1]])
    lean = np.array([[1, math.tan(math.radians(values['shearX'])), 0], [0, 1, 0], [0, 0, 1]])
    move = t(w / 2 + w * values['translateX'], h / 2 + h * values['translateY'])
    return move @ turn @ lean @ np.diag([s, s, 1]) @ t(-w / 2, -h / 2)


def levels(change):
    return np.clip(np.rint(change(np.arange(256.0))), 0, 255).astype(np.uint8)


def sharpen(p, alpha, lightness):
    kernel = np.full((3, 3), -alpha, np.float32)
    kernel[1, 1] = 1 - alpha + alpha * (8 + lightness)
    return cv2.filter2D(p, -1, kernel)


def clahe(p, limit):
    lab = cv2.cvtColor(p, cv2.COLOR_RGB2LAB)
    lab[..., 0] = cv2.createCLAHE(limit, (8, 8)).apply(lab[..., 0])
    return cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)


def hue(p, degrees, factor):
    hsv = cv2.cvtColor(p, cv2.COLOR_RGB2HSV)
    h = levels(lambda v: (v + degrees / 2) % 180)
    s = levels(lambda v: v * factor)
    return cv2.cvtColor(cv2.merge([cv2.LUT(hsv[..., 0], h), cv2.LUT(hsv[..., 1], s), hsv[..., 2]]), cv2.COLOR_HSV2RGB)


def noise(p, deviation):
    plane = np.empty(p.shape, np.int16)
    cv2.randn(plane, 0, 255 * deviation)
    return cv2.add(p, plane, dtype=cv2.CV_8U)


def jpeg(p, quality):
    return cv2.imdecode(cv2.imencode('.jpg', p, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)


PAINT = {
    'contrast': lambda p, v: cv2.LUT(p, levels(lambda x: 127 + v['factor'][0] * (x - 127))),
    'brightness': lambda p, v: cv2.LUT(p, levels(lambda x: x + 255 * v['offset'][0])),
    'gamma': lambda p, v: cv2.LUT(p, levels(lambda x: 255 * (x / 255) ** v['gamma'][0])),
    'hue-saturation': lambda p, v: hue(p, v['hue'], v['saturation']),
    'equalise': lambda p, v: cv2.merge([cv2.equalizeHist(c) for c in cv2.split(p)]),
    'clahe': lambda p, v: clahe(p, v['clipLimit']),
    'sharpen': lambda p, v: sharpen(p, v['alpha'], v['lightness']),
    'gaussian-blur': lambda p, v: cv2.GaussianBlur(p, (0, 0), max(v['deviation'], 0.01)),
    'noise': lambda p, v: noise(p, v['deviation']),
    'jpeg': lambda p, v: jpeg(p, v['quality']),
}


def perform(operations):
    picture, mask, matrix = PICTURE, MASK, None
    def move():
        nonlocal picture, mask, matrix
        if matrix is None: return
        picture = cv2.warpAffine(picture, matrix[:2], (side, side), flags=cv2.INTER_LINEAR)
        mask = cv2.warpAffine(mask, matrix[:2], (side, side), flags=cv2.INTER_NEAREST, borderValue=255)
        matrix = None
    for values in operations:
        if values['kind'] in PAINT:
            move()
            picture = PAINT[values['kind']](picture, values)
        else:
            step = forward(values, side, side)
            matrix = step if matrix is None else step @ matrix
    move()
    return picture, mask


def timed(work, count):
    work(0)
    start = time.process_time()
    for i in range(count): work(i)
    return (time.process_time() - start) / count * 1000


def by_albumentations(count):
    try:
        import albumentations as A
    except ImportError:
        return None
    pipeline = A.Compose([
        A.HorizontalFlip(p=0.5),
        A.Affine(rotate=(-45, 45), scale=(0.8, 1.25), shear={'x': (-8, 8)}, translate_percent={'x': (-0.1, 0.1)}, fill_mask=255, p=0.8),
        A.OneOf([A.CLAHE((1, 4), p=1), A.Equalize(by_channels=True, p=1), A.Sharpen((0, 1), (0.75, 1.5), p=1), A.GaussianBlur(blur_limit=0, sigma_limit=(0.1, 1.5), p=1)], p=1),
        A.RandomBrightnessContrast(brightness_limit=0.2, contrast_limit=(-0.25, 0.5), p=1),
    ], seed=1)
    return timed(lambda i: pipeline(image=PICTURE, mask=MASK), count)


opencv = {name: timed(lambda i: perform(samples[i]), len(samples)) for name, samples in drawn.items()}
print(json.dumps({'opencv': opencv, 'albumentations': by_albumentations(200)}))
