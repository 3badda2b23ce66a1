FROM golang:1.26 AS build
WORKDIR /mawqif
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -o /bin/mawqif ./cmd/mawqif

FROM debian:12-slim
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /bin/mawqif /usr/bin/mawqif
RUN useradd --create-home mawqif
USER mawqif
WORKDIR /home/mawqif
ENTRYPOINT ["/usr/bin/mawqif"]
