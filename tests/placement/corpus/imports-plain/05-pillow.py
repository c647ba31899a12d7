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
# # Draw with pixels

# %%
from PIL import Image, ImageDraw, ImageFilter

# %%
picture = Image.new("RGB", (120, 80), "white")
pen = ImageDraw.Draw(picture)
pen.ellipse((20, 10, 100, 70), fill="orange", outline="black")

# %%
picture.filter(ImageFilter.GaussianBlur(2))
