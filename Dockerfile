# Two stages: the bundle is built with everything, the image holds Node and one file.
FROM node:24-bookworm-slim AS build
WORKDIR /stoker
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts ./scripts
COPY src ./src
RUN node scripts/build.mjs

FROM gcr.io/distroless/nodejs24-debian12:nonroot
LABEL org.opencontainers.image.title="stoker" \
      org.opencontainers.image.description="A Prometheus operator for Kubernetes that also says why" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /stoker/dist/stoker.mjs /stoker/stoker.mjs
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/nodejs/bin/node", "/stoker/stoker.mjs"]
CMD ["run"]
