"""Trains segmentation_models_pytorch's Unet('vgg16') from random weights on pictures and masks of a folder.

  lungs.py FOLDER NAMES EPOCHS BATCH RATE THREADS

FOLDER holds images/NAME.png and masks/NAME.png (any grey but 0 is the lung); NAMES is a JSON file
{"train": […], "validation": […]}. Cross-entropy plus the smooth Dice loss of the lung, Adam, the rate
falling as (1 - t/n)^0.9, left and right mirrored at random, batch normalisation with the batch's
statistics; validated after each epoch. The last line is a JSON object: seconds of the whole training,
of a step (median), of all processor threads together, and for each epoch its seconds so far and the lung's Dice over all validation pixels.
Run with MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000 MALLOC_TOP_PAD_=67108864.
"""
import json, resource, sys, time
import numpy, torch, torch.nn.functional as F
import segmentation_models_pytorch
from PIL import Image

folder, names = sys.argv[1], json.load(open(sys.argv[2]))
epochs, batch, rate, threads = int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]), int(sys.argv[6])
torch.set_num_threads(threads)
torch.manual_seed(0)
mean, deviation = torch.tensor([.485, .456, .406]), torch.tensor([.229, .224, .225])


def read(part):
    pictures = [numpy.asarray(Image.open(f'{folder}/images/{n}').convert('RGB')) for n in names[part]]
    masks = [numpy.asarray(Image.open(f'{folder}/masks/{n}').convert('L')) > 0 for n in names[part]]
    pixels = torch.from_numpy(numpy.stack(pictures)).float() / 255
    return ((pixels - mean) / deviation).permute(0, 3, 1, 2), torch.from_numpy(numpy.stack(masks)).long()


def loss_of(logits, label):
    p, t = torch.softmax(logits, 1)[:, 1], label.float()
    dice = 1 - (2 * (p * t).sum() + 1) / (p.sum() + t.sum() + 1)
    return F.cross_entropy(logits, label) + dice


train, validation = read('train'), read('validation')
net = segmentation_models_pytorch.Unet('vgg16', encoder_weights=None, classes=2)
net = net.to(memory_format=torch.channels_last)
optimiser = torch.optim.Adam(net.parameters(), lr=rate, fused=True)
per_epoch = -(-len(names['train']) // batch)
schedule = torch.optim.lr_scheduler.PolynomialLR(optimiser, epochs * per_epoch, 0.9)
started, steps, results = time.perf_counter(), [], []
order, at = torch.empty(0, dtype=torch.long), 0
for epoch in range(epochs):
    net.train()
    for _ in range(per_epoch):
        begin = time.perf_counter()
        if at + batch > len(order):
            order, at = torch.cat([order[at:], torch.randperm(len(names['train']))]), 0
        chosen, at = order[at:at + batch], at + batch
        flips = torch.rand(batch) < 0.5
        x = torch.stack([p.flip(2) if f else p for p, f in zip(train[0][chosen], flips)])
        y = torch.stack([m.flip(1) if f else m for m, f in zip(train[1][chosen], flips)])
        loss = loss_of(net(x.contiguous(memory_format=torch.channels_last)), y)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
        steps.append(time.perf_counter() - begin)
    net.eval()
    with torch.inference_mode():
        found = torch.cat([net(x[None]).argmax(1) for x in validation[0]])
    both = (found * validation[1]).sum().item()
    dice = 2 * both / (found.sum() + validation[1].sum()).item()
    results.append({'seconds': time.perf_counter() - started, 'dice': dice})
    print(f'epoch {epoch + 1}: dice {dice:.4f}', file=sys.stderr)
used = resource.getrusage(resource.RUSAGE_SELF)
megabytes = used.ru_maxrss / 1024
steps.sort()
print(json.dumps({'seconds': results[-1]['seconds'], 'median': steps[len(steps) // 2],
                  'epochs': results, 'megabytes': megabytes,
                  'cpu': used.ru_utime + used.ru_stime}))
