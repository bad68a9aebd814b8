/** Layers that all others may use: an arrow to them would say nothing. */
const FOR_ALL = ['config', 'domain'];

/** Which layer may import which, as the checker of layers has it. */
export function layersPicture(arrows) {
  const layers = Object.keys(arrows).filter((layer) => !FOR_ALL.includes(layer));
  const lines = layers.flatMap((layer) =>
    arrows[layer].filter((target) => !FOR_ALL.includes(target)).map((target) => `    ${layer} --> ${target}`),
  );
  return mermaid(['flowchart TD', ...layers.map((layer) => `    ${layer}[src/${layer}]`), ...lines]);
}

/** Who speaks to whom, as the settings have it that each service reads. */
export function servicesPicture(serviceSettings) {
  const asked = {
    accessUrl: 'access',
    userUrl: 'user',
    mysqlUrl: 'mysql[(MySQL)]',
    redisUrl: 'redis[(Redis)]',
    rabbitmqUrl: 'rabbitmq[[RabbitMQ]]',
  };
  const services = Object.keys(serviceSettings);
  const lines = services.flatMap((service) =>
    Object.keys(asked)
      .filter((setting) => serviceSettings[service].includes(setting))
      .map((setting) => `    ${service} --> ${asked[setting]}`),
  );
  const fromOutside = services.filter((service) => service !== 'access').map((service) => `    ingress --> ${service}`);
  return mermaid(['flowchart LR', '    clients([clients]) --> ingress', ...fromOutside, ...lines]);
}

function mermaid(lines) {
  return ['```mermaid', ...lines, '```'].join('\n');
}
