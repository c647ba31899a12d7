"""What kernels and servers run on: built once per lock, beside and renamed, readable by everybody who may run."""
