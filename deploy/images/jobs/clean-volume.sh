#!/bin/sh
# Deletes raw recordings that are older than promised, uploaded or not: nothing else ever does. KEEP_MINUTES is the age.
set -eu
: "${FS_DIR:?}" "${KEEP_MINUTES:?}"
count=$(find "$FS_DIR" -mindepth 1 -maxdepth 1 ! -name canvas ! -name screenshots -mmin "+$KEEP_MINUTES" | wc -l)
find "$FS_DIR" -mindepth 1 -maxdepth 1 ! -name canvas ! -name screenshots -mmin "+$KEEP_MINUTES" -exec rm -rf {} +
for folder in canvas screenshots; do
  if [ -d "$FS_DIR/$folder" ]; then find "$FS_DIR/$folder" -mindepth 1 -maxdepth 1 -mmin "+$KEEP_MINUTES" -exec rm -rf {} +; fi
done
echo "CLEANED $count"
