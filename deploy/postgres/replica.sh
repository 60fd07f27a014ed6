#!/usr/bin/env bash
# Starts a replica: copies the primary the first time, and follows it from then on. A copy that was cut short is begun anew.
set -euo pipefail
: "${PRIMARY_HOST:?names the primary}" "${REPLICATION_PASSWORD:?is the password of the role replication}" "${PGDATA:?is the folder of the data}"

export PGPASSWORD="$REPLICATION_PASSWORD"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  rm -rf "$PGDATA.copy"
  pg_basebackup --host "$PRIMARY_HOST" --port "${PRIMARY_PORT:-5432}" --username replication --pgdata "$PGDATA.copy" \
    --wal-method stream --checkpoint fast --write-recovery-conf --progress
  chmod 0700 "$PGDATA.copy"
  mv "$PGDATA.copy" "$PGDATA"
fi
unset PGPASSWORD
exec postgres -D "$PGDATA" -c hot_standby=on -c hot_standby_feedback=on "$@"
