"""fewshot.py PEERS WEIGHTS SCENE THREADS: PyTorch's seconds for the scene adapter's recipe (100 iterations, without
self-training), written by its authors: PEERS/fewshot_lab.py. The last line is JSON."""
import json
import sys

peers, weights, scene, threads = sys.argv[1:5]
sys.path.insert(0, peers)
import fewshot_lab as lab  # noqa: E402
import torch  # noqa: E402

torch.set_num_threads(int(threads))
lab.DL.LY = json.load(open(weights + '/layers.json'))
lab.DL.SD = torch.load(weights + '/deeplabv3_mnv2_pascal_folded.pth')
_, info = lab.train(lab.Scene(scene), {**lab.BEST, 'selft': 0})
print(json.dumps({'seconds': info['sec'], 'step': float(info['it_med'])}))
