"""Seconds of one training step (loss, gradients, Adam) of a network in PyTorch, at its best settings.

  train_step.py NETWORK WIDTH HEIGHT BATCH THREADS STEPS [LAB WEIGHTS]

NETWORK: deeplabv3_resnet50 (torchvision), unet_vgg16 (segmentation_models_pytorch), or built-in (the
network of fewshot_lab.py, whose path is LAB, with the layers that export_weights.py wrote to WEIGHTS).
Batch norm frozen, all weights trained, cross-entropy at the size of the picture. The last line is a
JSON object: the median and least seconds, and the process's largest resident memory in MB. Run with
MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000 MALLOC_TOP_PAD_=67108864.
"""
import importlib.util, json, resource, sys, time
import torch, torch.nn.functional as F

name = sys.argv[1]
width, height, batch, threads, steps = map(int, sys.argv[2:7])
torch.set_num_threads(threads)
torch.manual_seed(0)


def build():
    if name == 'deeplabv3_resnet50':
        import torchvision
        net = torchvision.models.segmentation.deeplabv3_resnet50(weights=None, weights_backbone=None, num_classes=2)
        return net, lambda x: net(x)['out']
    if name == 'unet_vgg16':
        import segmentation_models_pytorch
        net = segmentation_models_pytorch.Unet('vgg16', encoder_weights=None, classes=2)
        return net, net
    spec = importlib.util.spec_from_file_location('lab', sys.argv[7])
    lab = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(lab)
    lab.DL.LY = json.load(open(sys.argv[8] + '/layers.json'))
    lab.DL.SD = torch.load(sys.argv[8] + '/deeplabv3_mnv2_pascal_folded.pth')
    net = lab.Net(None, None, 7)
    return net, net.full


net, forward = build()
net = net.to(memory_format=torch.channels_last).eval()
optimiser = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=1e-5, fused=True)
picture = torch.rand(batch, 3, height, width).contiguous(memory_format=torch.channels_last)
label = (torch.rand(batch, height, width) > 0.5).long()
times = []
for _ in range(steps + 2):
    start = time.perf_counter()
    logits = forward(picture)
    if logits.shape[2:] != label.shape[1:]:
        logits = F.interpolate(logits, label.shape[1:], mode='bilinear', align_corners=False)
    loss = F.cross_entropy(logits, label, ignore_index=255)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    optimiser.step()
    times.append(time.perf_counter() - start)
times = sorted(times[2:])
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({'median': times[len(times) // 2], 'least': times[0], 'megabytes': megabytes}))
