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
# # Reconnaître des chiffres

# %%
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

# %%
modele = keras.Sequential([layers.Input((784,)), layers.Dense(10, activation="softmax")])
modele.summary()
