"""The masks of a torchvision network of drawn weights, as projects take them: Resize, CenterCrop, argmax.

Arguments: FOLDER ARCHITECTURE PICTURE...
Writes FOLDER/weights.pth, and FOLDER/NAME.mask of each picture: its classes, a byte a pixel. Prints as JSON the
milliseconds for each picture, from its pixels to its mask.
"""

import json
import sys
import time
from pathlib import Path

import torch
from PIL import Image
from torchvision import models, transforms

folder, architecture, *pictures = sys.argv[1:]
torch.manual_seed(0)
torch.set_num_threads(2)
network = getattr(models.segmentation, architecture)(weights=None, weights_backbone=None, num_classes=21)
prepare = transforms.Compose([
    transforms.Resize(256),
    transforms.CenterCrop(224),
    transforms.ToTensor(),
    transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
])
images = [Image.open(path).convert('RGB') for path in pictures]

# With running statistics of these pictures the classes are many; without, all pixels would be of one class.
network.train()
for module in network.modules():
    if isinstance(module, torch.nn.BatchNorm2d):
        module.momentum = None
with torch.no_grad():
    network(torch.stack([prepare(image) for image in images]))
network.eval()
torch.save(network.state_dict(), Path(folder) / 'weights.pth')

milliseconds = []
with torch.no_grad():
    network(prepare(images[0])[None])
    for path, image in zip(pictures, images):
        started = time.perf_counter()
        mask = network(prepare(image)[None])['out'].argmax(1).byte()
        milliseconds.append(1000 * (time.perf_counter() - started))
        (Path(folder) / f'{Path(path).stem}.mask').write_bytes(mask.numpy().tobytes())
print(json.dumps({'milliseconds': milliseconds}))
