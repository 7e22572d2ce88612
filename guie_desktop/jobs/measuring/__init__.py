"""The program's own figures on this machine and these photos, each beside what it is compared with."""
