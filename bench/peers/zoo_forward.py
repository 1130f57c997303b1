"""Milliseconds of a network's forward pass in PyTorch, at its best settings.

  zoo_forward.py FOLDER WIDTH HEIGHT THREADS RUNS

FOLDER holds steps.json, weights.bin and image.bin, which bench/zoo-forward.ts writes: the network's
layers with batch normalisation folded into convolutions, as torch.fx's optimisation does it. They run
eagerly and, where that is faster, traced, frozen and optimised by oneDNN (optimize_for_inference);
channels_last, inference_mode. The last line is a JSON object of medians, the logits go into FOLDER.
Run with MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000 MALLOC_TOP_PAD_=67108864.
"""
import json, sys, time, warnings
import numpy as np, torch, torch.nn.functional as F

warnings.filterwarnings('ignore')
folder = sys.argv[1]
width, height, threads, runs = map(int, sys.argv[2:])
torch.set_num_threads(threads)
last = dict(memory_format=torch.channels_last)
floats = torch.from_numpy(np.fromfile(folder + '/weights.bin', np.float32))


def weight(place):
    at, shape = place
    return floats[at:at + int(np.prod(shape))].reshape(shape).clone()


class Network(torch.nn.Module):
    def __init__(self, steps):
        super().__init__()
        self.steps = steps
        for i, step in enumerate(steps):
            for name, place in step.get('weights', {}).items():
                value = weight(place)
                if value.dim() == 4: value = value.contiguous(**last)
                self.register_buffer(f'{name}{i}', value)

    def forward(self, image):
        values = {'image': image}
        for i, s in enumerate(self.steps):
            x = [values[name] for name in s['inputs']]
            w = lambda name: getattr(self, f'{name}{i}', None)
            op, a = s['op'], x[0]
            if op == 'Conv': y = F.conv2d(a, w('weight'), w('bias'), s['stride'], s['padding'], s['dilation'], s['group'])
            elif op == 'ConvTranspose': y = F.conv_transpose2d(a, w('weight'), w('bias'), s['stride'])
            elif op == 'BatchNormalization': y = F.batch_norm(a, w('mean'), w('variance'), w('scale'), w('shift'))
            elif op == 'PRelu': y = F.prelu(a, w('slope').flatten())
            elif op == 'Relu': y = F.relu(a, inplace=True)
            elif op == 'HardSwish': y = F.hardswish(a, inplace=True)
            elif op == 'HardSigmoid': y = F.hardsigmoid(a)
            elif op == 'Sigmoid': y = torch.sigmoid(a)
            elif op == 'Add': y = a + x[1]
            elif op == 'Mul': y = a * x[1]
            elif op == 'MaxPool': y = F.max_pool2d(a, s['kernel'], s['stride'], s['padding'])
            elif op == 'AveragePool': y = F.avg_pool2d(a, s['kernel'], s['stride'], s['padding'])
            elif op == 'AdaptiveAveragePool': y = F.adaptive_avg_pool2d(a, s['size'])
            elif op == 'GlobalAveragePool': y = a.mean((2, 3), keepdim=True)
            elif op == 'Expand': y = a.expand(-1, -1, *s['size'])
            elif op == 'Concat': y = torch.cat(x, 1)
            elif op == 'Gather':
                n, c, h, v = a.shape
                y = a.view(n, s['groups'], c // s['groups'], h, v).transpose(1, 2).reshape(n, c, h, v)
            elif op == 'Resize':
                corners = None if s['mode'] == 'nearest' else s['corners']
                y = F.interpolate(a, s['size'], mode=s['mode'], align_corners=corners)
            else: raise ValueError(op)
            values[s['output']] = y
        return values['logits']


def measure(network, image):
    times = []
    for _ in range(runs + 2):
        start = time.perf_counter()
        logits = network(image)
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times[2:])[runs // 2], logits


image = torch.from_numpy(np.fromfile(folder + '/image.bin', np.float32)).reshape(1, 3, height, width).contiguous(**last)
network = Network(json.load(open(folder + '/steps.json'))).eval()
with torch.inference_mode():
    eager, logits = measure(network, image)
try:
    with torch.no_grad():
        traced = torch.jit.trace(network, image, check_trace=False)
        frozen = torch.jit.optimize_for_inference(torch.jit.freeze(traced))
        optimised, _ = measure(frozen, image)
except RuntimeError:  # the tracer refuses adaptive pooling to sizes that do not divide
    optimised = eager
logits.contiguous().numpy().tofile(folder + '/logits.bin')
print(json.dumps({'eager': eager, 'optimised': optimised}))
