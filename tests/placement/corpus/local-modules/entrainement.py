import torch


def boucle(epochs):
    w = torch.zeros(3, requires_grad=True)
    for _ in range(epochs):
        (w.sum() - 1).pow(2).backward()
    return w.grad
