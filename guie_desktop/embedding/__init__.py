"""Pictures to vectors: preprocessing, frozen backbones, heads."""
