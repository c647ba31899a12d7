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
# # Sur GPU si possible

# %%
import torch
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

# %%
torch.ones(3, device=device)
