"""Exports two small segmentation networks with random weights, as users' own networks come to us.

    python3 -m venv /tmp/onnx && /tmp/onnx/bin/pip install torch onnx onnxscript
    /tmp/onnx/bin/python scripts/make-exported-networks.py test/fixtures/networks

unet.onnx: a U-Net by PyTorch's TorchScript exporter, which folds batch normalisation into the
convolutions, opset 17, batch, height and width free.
deeplab.onnx: a DeepLabV3 on MobileNetV3 blocks by the exporter of torch.export, opset 20; the sizes
of its Resize are computed from shapes, it normalises the picture itself, and one batch normalisation
has no convolution before it.

The exported files were made with torch 2.15, onnx 1.23, onnxscript 0.7.
"""
import sys
from pathlib import Path

import onnx
import torch
from torch import nn
from torch.nn import functional as F


def convolutions(inputs, outputs):
    layers = []
    for channels in (inputs, outputs):
        layers += [nn.Conv2d(channels, outputs, 3, padding=1, bias=False),
                   nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
    return nn.Sequential(*layers)


class UNet(nn.Module):
    def __init__(self, classes=3, widths=(8, 16, 24)):
        super().__init__()
        low, middle, high = widths
        self.down1, self.down2, self.bottom = (
            convolutions(3, low), convolutions(low, middle), convolutions(middle, high))
        self.up2 = nn.ConvTranspose2d(high, middle, 2, stride=2)
        self.join2 = convolutions(2 * middle, middle)
        self.up1 = nn.ConvTranspose2d(middle, low, 4, stride=2, padding=1, bias=False)
        self.join1 = convolutions(2 * low, low)
        self.last = nn.Conv2d(low, classes, 1)

    def forward(self, image):
        low = self.down1(image)
        middle = self.down2(F.max_pool2d(low, 2))
        high = self.bottom(F.max_pool2d(middle, 2))
        middle = self.join2(torch.cat([middle, self.up2(high)], 1))
        low = self.join1(torch.cat([low, self.up1(middle)], 1))
        return self.last(low)


def unit(inputs, outputs, kernel, stride=1, dilation=1, groups=1, activation=nn.Hardswish):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, dilation * (kernel // 2), dilation, groups, False),
        nn.BatchNorm2d(outputs), activation())


class SqueezeExcitation(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.fc1 = nn.Conv2d(channels, channels // 4, 1)
        self.fc2 = nn.Conv2d(channels // 4, channels, 1)

    def forward(self, x):
        scale = F.adaptive_avg_pool2d(x, 1)
        return x * F.hardsigmoid(self.fc2(F.relu(self.fc1(scale))))


class Inverted(nn.Module):
    def __init__(self, inputs, wide, outputs, kernel, stride=1, dilation=1):
        super().__init__()
        self.residual = stride == 1 and inputs == outputs
        self.block = nn.Sequential(
            unit(inputs, wide, 1),
            unit(wide, wide, kernel, stride, dilation, groups=wide),
            SqueezeExcitation(wide),
            unit(wide, outputs, 1, activation=nn.Identity))

    def forward(self, x):
        return x + self.block(x) if self.residual else self.block(x)


class DeepLab(nn.Module):
    def __init__(self, classes=4):
        super().__init__()
        self.register_buffer('mean', torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1))
        self.register_buffer('deviation', torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1))
        self.stem = unit(3, 8, 3, stride=2)
        self.blocks = nn.Sequential(
            Inverted(8, 16, 12, 3, stride=2), Inverted(12, 24, 12, 5),
            Inverted(12, 32, 24, 3, stride=2), Inverted(24, 48, 24, 3, dilation=2))
        self.normalise = nn.BatchNorm2d(24)
        self.aspp1 = unit(24, 16, 1, activation=nn.ReLU6)
        self.aspp2 = unit(24, 16, 3, dilation=2, activation=nn.LeakyReLU)
        self.pooled = unit(24, 16, 1, activation=nn.ReLU)
        self.project = unit(48, 16, 1, activation=nn.PReLU)
        self.last = nn.Conv2d(16, classes, 1)

    def forward(self, image):
        x = self.blocks(self.stem((image - self.mean) / self.deviation))
        x = F.relu(self.normalise(x))
        pooled = self.pooled(x.mean((2, 3), keepdim=True))
        pooled = F.interpolate(pooled, size=x.shape[-2:], mode='bilinear', align_corners=False)
        x = self.project(torch.cat([self.aspp1(x), self.aspp2(x), pooled], 1))
        return F.interpolate(self.last(x), size=image.shape[-2:], mode='bilinear',
                             align_corners=False)


def randomise(network):
    """Statistics and scales as a trained network has them: all different, none 0 or 1."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.6, 1.4)
            nn.init.uniform_(module.bias, -0.3, 0.3)
            nn.init.uniform_(module.running_mean, -0.3, 0.3)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    return network.eval()


def without_notes(path):
    """Drops the exporter's notes: stack traces with paths of this machine."""
    model = onnx.load(path)
    for part in [model.graph, *model.graph.node, *model.graph.value_info, *model.graph.input,
                 *model.graph.output]:
        part.ClearField('metadata_props')
        part.ClearField('doc_string')
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    image = torch.zeros(2, 3, 64, 96)
    names = {'input_names': ['image'], 'output_names': ['logits']}
    torch.manual_seed(1)
    torch.onnx.export(
        randomise(UNet()), (image,), folder / 'unet.onnx', dynamo=False, opset_version=17,
        dynamic_axes={'image': {0: 'batch', 2: 'height', 3: 'width'}}, **names)
    torch.manual_seed(2)
    batch, height, width = (torch.export.Dim(name, min=1, max=4096)
                            for name in ('batch', 'height', 'width'))
    torch.onnx.export(
        randomise(DeepLab()), (image,), folder / 'deeplab.onnx', dynamo=True, external_data=False,
        dynamic_shapes=({0: batch, 2: height, 3: width},), **names)
    for path in folder.glob('*.onnx'):
        without_notes(path)


if __name__ == '__main__':
    main(Path(sys.argv[1]))
