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
# # Counting words with Spark

# %%
from pyspark.sql import SparkSession

spark = SparkSession.builder.master("local[2]").appName("words").getOrCreate()

# %%
lines = spark.sparkContext.parallelize(["to be", "or not to be"])
lines.flatMap(str.split).countByValue()
