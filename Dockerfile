# Two stages. The first builds the bundle and gathers what it needs to run; the second is that and nothing else: no shell,
# no package manager, no file that the user may write. `node scripts/image.mjs FOLDER --start` does the same without an engine.
FROM node:26.10.0-bookworm-slim AS build
WORKDIR /stoker
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY LICENSE tsconfig.json ./
COPY scripts/build.mjs scripts/image.mjs scripts/install.mjs scripts/lean-bundle.mjs scripts/
COPY src src
RUN node scripts/image.mjs /image

FROM scratch
ARG REVISION=unknown
LABEL org.opencontainers.image.title="stoker" \
      org.opencontainers.image.description="A Prometheus operator for Kubernetes that also says why" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="docker.io/library/node:26.10.0-bookworm-slim"
COPY --from=build /image/ /
USER 65532:65532
EXPOSE 8080
# Half of the young generation that Node takes by itself: 30 MB less at the start with 10,000 monitors, for no CPU time that could be measured.
ENTRYPOINT ["/usr/local/bin/node", "--max-semi-space-size=8", "/stoker/stoker.mjs"]
CMD ["run"]
