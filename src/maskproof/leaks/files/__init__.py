"""
Scans files and folders.

`groups.py` groups files that belong together, and `formats/` reads what each holds. `parallel_scan.py` scans many files
in several processes, and `resume.py` keeps the results of an interrupted scan.
"""
