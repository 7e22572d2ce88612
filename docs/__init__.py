"""The pages of the site; `making` has what is made of the program itself when the site is built."""
