# samza-batch in a container:
#   docker build -t samza-batch .
#   docker run --rm -v "$PWD:/work" -v samza-batch-state:/state samza-batch run job.conf

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY pom.xml ./
COPY src src
RUN mvn -B -ntp -Dmaven.test.skip=true package

FROM eclipse-temurin:17-jre
COPY bin/samza-batch /opt/samza-batch/bin/samza-batch
COPY conf-examples /opt/samza-batch/conf-examples
COPY --from=build /src/target/samza-batch.jar /opt/samza-batch/lib/samza-batch.jar
# Keeps the loaded classes of an example run beside the jar; every later start maps them instead of parsing them.
RUN SAMZA_BATCH_CDS=make /opt/samza-batch/bin/samza-batch version \
  && ln -s /opt/samza-batch/bin/samza-batch /usr/local/bin/samza-batch \
  && useradd --system --user-group --create-home samza-batch \
  && mkdir /state /work \
  && chown samza-batch:samza-batch /state /work
ENV SAMZA_BATCH_STATE=/state
VOLUME /state
USER samza-batch
WORKDIR /work
ENTRYPOINT ["samza-batch"]
CMD ["--help"]
