#!/usr/bin/env bash
# Run once by the image when it makes the primary's database: a role that may only follow, and the line that lets it in.
set -euo pipefail
: "${REPLICATION_PASSWORD:?is needed by the role that replicas follow as}"

psql -v ON_ERROR_STOP=1 -v password="$REPLICATION_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE replication WITH REPLICATION LOGIN PASSWORD :'password';
SQL
echo "host replication replication all scram-sha-256" >> "$PGDATA/pg_hba.conf"
