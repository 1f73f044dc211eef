"""An archive on several processes or machines: the same functions, the same rows, handed out by Dask."""
