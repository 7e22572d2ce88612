"""The library as it is held open: backbone, spaces, guards, and the choices of this machine."""
