"""
Files and folders as things to scan.

`groups.py` says which files belong together and `formats/` what each holds. `parallel_scan.py` scans many in several
processes, and `resume.py` remembers what is done.
"""
