export { default } from './provisioning';
export * from './variants';
