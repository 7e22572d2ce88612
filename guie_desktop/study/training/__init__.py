"""Training: from the features of a study's photos to a head that a library takes in as its general one."""
