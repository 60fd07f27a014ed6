# The service as an image: built in one stage, run in another that holds neither the sources nor what only building needs.
#
#   docker build -t sidelines .
#   docker run --rm --init -p 4000:4000 --read-only --tmpfs /tmp -v sidelines:/var/lib/sidelines sidelines
#
# Any Node from 20.19 does; --build-arg NODE=node:22-bookworm-slim takes another.
ARG NODE=node:24-bookworm-slim

FROM ${NODE} AS build
WORKDIR /app
# Dependencies first: they change less often than the sources. None of them runs a script when it is installed.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# Built and listed, then without what only building needed. Prisma's own command line comes along as an optional peer
# unless it is left out by name of its kind; the service never calls it.
RUN npm run build \
 && npm run --silent sbom > sbom.cdx.json \
 && npm prune --omit=dev --omit=optional --omit=peer --ignore-scripts --no-audit --no-fund

FROM ${NODE} AS service
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=4000 \
    SIDELINES_DATA_DIR=/var/lib/sidelines
WORKDIR /app
# Nothing in /app belongs to the user who runs it. The embedded database writes to /var/lib/sidelines alone.
COPY --from=build /app/package.json /app/schema.graphql /app/federation.graphql /app/prisma.config.ts /app/LICENSE /app/sbom.cdx.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/prisma prisma
COPY --from=build /app/seeds seeds
COPY --from=build /app/docs docs
COPY --from=build /app/README.md /app/CHANGELOG.md /app/CONTRIBUTING.md /app/SECURITY.md ./
RUN install -d -o node -g node -m 0700 /var/lib/sidelines
USER node
VOLUME /var/lib/sidelines
EXPOSE 4000
# Ready, not only alive: the record can be read. The first start fills an empty record and may take a while.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["serve"]
