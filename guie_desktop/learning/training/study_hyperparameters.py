"""The hyper-parameters of the study (Florek et al., 2024), as its code has them; light, for they are only numbers.

configs/lp_siglip-sovit400m_arcface3_m4d35k.yaml and src/utils/default_cfg.py of github.com/morrisfl/UniFEx. Adam, with
the weight decay as L2 regularisation of layer and class centres alike; a linear warm-up during the first epoch, and
cosine annealing down to 1e-3.
"""

DIMENSION = 64
EPOCHS = 10
BATCH_SIZE = 128
LEARNING_RATE = 2e-2
FINAL_RATE = 0.05
"""Of the learning rate, at the end."""
WEIGHT_DECAY = 1e-4
DROPOUT = 0.2
SEED = 42
LOSS = "sub-center-arcface"
"""With three centres, s = 30 and m = 0.5, which are the defaults of our file."""
LOSS_OPTIONS: dict[str, dict[str, float]] = {
    "li-arcface": {"scale": 30.0, "margin": 0.5},
    "curricularface": {"scale": 30.0, "margin": 0.5},
    "adaface": {"scale": 30.0, "margin": 0.5, "rate": 1.0},
}
"""Where the defaults of the study's code are not those of the loss's own paper."""
