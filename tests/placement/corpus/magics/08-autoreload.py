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
# # While you edit a module

# %%
# %load_ext autoreload
# %autoreload 2

# %%
import preparation
preparation.NOMS[-1]
