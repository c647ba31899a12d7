# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A neural network, any framework

# %%
try:
    import torch as framework
except ImportError:
    import tensorflow as framework

# %%
framework.ones((2, 2))
