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
# # Is there a GPU?

# %%
import tensorflow as tf

gpus = tf.config.list_physical_devices("GPU")

# %%
print(len(gpus), "GPU")
