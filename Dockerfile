# The relay with the built app: one process, one port. How it is run: docs/relay.md
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY vendor vendor
RUN npm ci
COPY . .
RUN npm run build

FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
COPY vendor vendor
RUN npm ci --omit=dev && npm cache clean --force
COPY server server
COPY src/domain src/domain
COPY scripts/check-setup.ts scripts/setup-probe.ts scripts/setup-world.ts scripts/
COPY --from=build /app/dist dist
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/relay/ready').then(a => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
# Without npm in between: a signal to end has to reach the relay itself.
ENTRYPOINT ["node", "--import", "tsx", "server/relay/main.ts"]
CMD ["start", "--config", "/config/relay.json", "--host", "0.0.0.0", "--port", "8080"]
